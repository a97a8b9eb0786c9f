/* GKDesk's two programs for Windows: gkdesk.exe (built with GUI defined) and gkdesk-cli.exe, which has a console.
 *
 * Python runs in this very process, so that the task bar, the task manager, the manifest and the installer's check for
 * a running program all see GKDesk and not a nameless pythonw.exe:
 *     program\runtime\python311.dll  Py_Main(-B -X utf8 program\app\start.py arguments...)
 * python311._pth beside the DLL shuts out the user's own Python: no PYTHON* variable, no site-packages of others.
 */
#define WIN32_LEAN_AND_MEAN
#include <windows.h>
#include <shellapi.h>
#include <fcntl.h>
#include <io.h>
#include <stdio.h>
#include <stdlib.h>
#include <wchar.h>

#define LONGEST 32768 /* characters of a path on Windows */
#define TITLE L"政府信息公开年报填报助手"
#define BROKEN 2 /* as the command line's own "unusable" */

typedef int(__cdecl *py_main)(int, wchar_t **);

static int refuse(const wchar_t *file)
{
    static wchar_t text[LONGEST + 200];
    _snwprintf(text, LONGEST + 199, L"程序文件不完整，打不开“%ls”。请重新安装本程序；您填的年报不受影响。", file);
#ifdef GUI
    MessageBoxW(NULL, text, TITLE, MB_ICONERROR | MB_OK);
#else
    _setmode(_fileno(stderr), _O_U8TEXT);
    fwprintf(stderr, L"%ls\n", text);
#endif
    return BROKEN;
}

static int run(void)
{
    static wchar_t self[LONGEST], folder[LONGEST], runtime[LONGEST + 40], library[LONGEST + 80], start[LONGEST + 40];
    DWORD length = GetModuleFileNameW(NULL, self, LONGEST);
    if (length == 0 || length >= LONGEST)
        return refuse(L"gkdesk.exe");
    wcscpy(folder, self);
    *wcsrchr(folder, L'\\') = L'\0';
    _snwprintf(runtime, LONGEST + 39, L"%ls\\program\\runtime", folder);
    _snwprintf(library, LONGEST + 79, L"%ls\\python311.dll", runtime);
    _snwprintf(start, LONGEST + 39, L"%ls\\program\\app\\start.py", folder);
    if (GetFileAttributesW(start) == INVALID_FILE_ATTRIBUTES)
        return refuse(start);

    /* The runtime's folder takes the current folder's place in the search for DLLs: a stick's own must not be loaded. */
    SetDllDirectoryW(runtime);
    HMODULE python = LoadLibraryExW(library, NULL, LOAD_WITH_ALTERED_SEARCH_PATH);
    py_main main = python ? (py_main)(void *)GetProcAddress(python, "Py_Main") : NULL;
    if (main == NULL)
        return refuse(library);

    int given = 0;
    wchar_t **arguments = CommandLineToArgvW(GetCommandLineW(), &given);
    wchar_t **all = calloc((size_t)given + 6, sizeof *all);
    if (arguments == NULL || all == NULL)
        return refuse(self);
    int count = 0;
    all[count++] = self;
    all[count++] = L"-B"; /* writes nothing into the program's folder */
    all[count++] = L"-X";
    all[count++] = L"utf8";
    all[count++] = start;
    for (int i = 1; i < given; i++)
        all[count++] = arguments[i];
    return main(count, all);
}

#ifdef GUI
int WINAPI wWinMain(HINSTANCE instance, HINSTANCE previous, wchar_t *line, int show)
{
    (void)instance, (void)previous, (void)line, (void)show;
    return run();
}
#else
int wmain(void)
{
    return run();
}
#endif
