/* The program gkdesk: the Python that lies beside it, told where everything is and to look nowhere else.

   Neither PYTHON* variables nor a folder that the user happens to be in, nor packages that somebody has installed, have
   a say. sys.frozen tells the program that it is started by its own name (gkdesk/imports/gate_process.py). */
#include <Python.h>
#include <libgen.h>
#include <limits.h>
#include <unistd.h>

static const char *const FOLDERS[] = {"lib/python3.11", "lib/python3.11/lib-dynload", "lib/modules", "app"};
static const wchar_t START[] = L"import sys; sys.frozen = True; from gkdesk.__main__ import main; main()";

static int failed(PyStatus status, PyConfig *config) {
    PyConfig_Clear(config);
    if (PyStatus_IsExit(status)) return status.exitcode;
    fprintf(stderr, "gkdesk: %s\n", status.err_msg ? status.err_msg : "cannot start");
    return 90;
}

int main(int argc, char **argv) {
    char self[PATH_MAX], folder[PATH_MAX], place[2 * PATH_MAX];
    ssize_t length = readlink("/proc/self/exe", self, sizeof self - 1);
    if (length < 0) {
        perror("gkdesk: /proc/self/exe");
        return 91;
    }
    self[length] = 0;
    strcpy(folder, self);
    dirname(folder);

    PyPreConfig early;
    PyPreConfig_InitIsolatedConfig(&early);
    early.utf8_mode = 1;
    early.configure_locale = 1;
    PyStatus status = Py_PreInitialize(&early);
    PyConfig config;
    PyConfig_InitIsolatedConfig(&config);
    config.parse_argv = 0;
    config.site_import = 0;
    config.write_bytecode = 0;
    config.install_signal_handlers = 1;
    config.module_search_paths_set = 1;
    if (PyStatus_Exception(status)) return failed(status, &config);
    for (size_t at = 0; at < sizeof FOLDERS / sizeof *FOLDERS; at++) {
        snprintf(place, sizeof place, "%s/%s", folder, FOLDERS[at]);
        wchar_t *wide = Py_DecodeLocale(place, NULL);
        if (!wide) return 92;
        status = PyWideStringList_Append(&config.module_search_paths, wide);
        PyMem_RawFree(wide);
        if (PyStatus_Exception(status)) return failed(status, &config);
    }
    const struct { wchar_t **where; const char *what; } texts[] = {
        {&config.executable, self}, {&config.base_executable, self}, {&config.program_name, self},
        {&config.home, folder}, {&config.prefix, folder}, {&config.base_prefix, folder},
        {&config.exec_prefix, folder}, {&config.base_exec_prefix, folder},
    };
    for (size_t at = 0; at < sizeof texts / sizeof *texts; at++) {
        status = PyConfig_SetBytesString(&config, texts[at].where, texts[at].what);
        if (PyStatus_Exception(status)) return failed(status, &config);
    }
    status = PyConfig_SetBytesArgv(&config, argc, argv);
    if (!PyStatus_Exception(status)) status = PyConfig_SetString(&config, &config.run_command, START);
    if (!PyStatus_Exception(status)) status = Py_InitializeFromConfig(&config);
    if (PyStatus_Exception(status)) return failed(status, &config);
    PyConfig_Clear(&config);
    return Py_RunMain();
}
