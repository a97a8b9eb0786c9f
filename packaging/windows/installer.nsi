; GKDesk's installer. build.py defines VERSION "1.2.3", NUMBERS "1.2.3.0", PAYLOAD (a folder), FILES
; (the lines that write its program/), OUT, ICON and SIDE;
; FAST packs quickly and larger; SIGN is the command that signs the uninstaller, with %1 for its name.
;
; One user and no administrator unless /AllUsers is given; /S says nothing and asks nothing; /NoDesktop makes no shortcut
; on the desktop; /D=FOLDER comes last. Exit codes:
;   0 done   1 cancelled   2 files could not be written, nothing was changed   3 not a 64-bit Windows   4 Windows too old
;   5 GKDesk is running   6 /AllUsers without an administrator   7 a newer version is installed
;
; An update lays the new program beside the old one and then gives it its name: what fails leaves the old one as it was.
; What the user wrote is never in the program's folder, and nothing here names the folder where it is but to tell of it.

Target amd64-unicode
Unicode true
!ifdef SIGN
  !uninstfinalize '${SIGN}' = 0
!endif
!ifdef FAST
  SetCompressor zlib
!else
  SetCompressor /SOLID lzma
  SetCompressorDictSize 64
!endif
ManifestSupportedOS Win10
ManifestDPIAware true
RequestExecutionLevel user

!define APP "GKDesk"
!define TITLE "政府信息公开年报填报助手"
!define PROGID "GKDesk.Report"
!define SOFTWARE "Software\${APP}"
!define UNINSTALL "Software\Microsoft\Windows\CurrentVersion\Uninstall\${APP}"

!include MUI2.nsh
!include FileFunc.nsh
!include LogicLib.nsh
!include WinVer.nsh
!include WordFunc.nsh
!include x64.nsh

Name "${TITLE}"
OutFile "${OUT}"
InstallDir ""
BrandingText "${TITLE} ${VERSION}"
ShowInstDetails nevershow
ShowUninstDetails nevershow
VIProductVersion "${NUMBERS}"
VIFileVersion "${NUMBERS}"
VIAddVersionKey /LANG=2052 ProductName "${TITLE}"
VIAddVersionKey /LANG=2052 FileDescription "${TITLE} 安装程序"
VIAddVersionKey /LANG=2052 CompanyName "GKDesk"
VIAddVersionKey /LANG=2052 LegalCopyright "MIT"
VIAddVersionKey /LANG=2052 FileVersion "${VERSION}"
VIAddVersionKey /LANG=2052 ProductVersion "${VERSION}"

Var AllUsers      ; 1 for every user of the computer, 0 for this one
Var Data          ; where this user's documents and settings are, to be told
Var Installed     ; the version that is there already, "" where none is
Var Welcome

!define MUI_ICON "${ICON}"
!define MUI_UNICON "${ICON}"
!define MUI_WELCOMEFINISHPAGE_BITMAP "${SIDE}"
!define MUI_ABORTWARNING
!define MUI_WELCOMEPAGE_TITLE "安装${TITLE}"
!define MUI_WELCOMEPAGE_TEXT "$Welcome"
!define MUI_DIRECTORYPAGE_TEXT_TOP "程序装在下面的文件夹里，一般不用改。年报和备份另存在您自己的数据文件夹里，更新和卸载程序都不会动它们。"
!define MUI_FINISHPAGE_TITLE "安装完成"
!define MUI_FINISHPAGE_TEXT "可以从开始菜单打开“${TITLE}”，也可以双击 .gkd 年报文件打开。"
!define MUI_FINISHPAGE_RUN
!define MUI_FINISHPAGE_RUN_TEXT "现在打开"
!define MUI_FINISHPAGE_RUN_FUNCTION OpenProgram
!define MUI_UNCONFIRMPAGE_TEXT_TOP "将删除程序，不删除您填的年报、备份和设置。它们仍在：$Data"
!define MUI_UNCONFIRMPAGE_TEXT_LOCATION "程序位置："
!define MUI_UNFINISHPAGE_NOAUTOCLOSE

!insertmacro MUI_PAGE_WELCOME
!define MUI_PAGE_CUSTOMFUNCTION_LEAVE OwnFolder
!insertmacro MUI_PAGE_DIRECTORY
!insertmacro MUI_PAGE_INSTFILES
!insertmacro MUI_PAGE_FINISH
!insertmacro MUI_UNPAGE_CONFIRM
!insertmacro MUI_UNPAGE_INSTFILES
!insertmacro MUI_LANGUAGE "SimpChinese"

; --- for both the installer and the uninstaller

; Leave with an exit code and a reason, which is only shown where somebody looks.
!macro Refuse code words
  SetErrorLevel ${code}
  MessageBox MB_ICONSTOP|MB_OK "${words}" /SD IDOK
  Quit
!macroend

; The words of the command line in $R0, and the folder, for the same program as an administrator: NSIS takes /D= and _?=
; off the line that it hands over. Both come last and without marks. The uninstaller works from a copy elsewhere.
!macro Again
  ${If} $INSTDIR != ""
    StrCpy $R0 "$R0 /D=$INSTDIR"
  ${EndIf}
!macroend
!macro un.Again
  StrCpy $R0 "$R0 _?=$INSTDIR"
!macroend

!macro Common un
Function ${un}ReadMode
  SetRegView 64
  StrCpy $Data "$LOCALAPPDATA\${APP}"   ; before "all" gives this word another meaning
  StrCpy $AllUsers 0
  ${GetParameters} $R0
  ClearErrors
  ${GetOptions} $R0 "/AllUsers" $R1
  ${IfNot} ${Errors}
    StrCpy $AllUsers 1
  ${EndIf}
  ${If} $AllUsers = 1
    UserInfo::GetAccountType
    Pop $R1
    ${If} $R1 != "Admin"
      ${If} ${Silent}
        !insertmacro Refuse 6 ""
      ${EndIf}
      !insertmacro ${un}Again
      ClearErrors
      ExecShell "runas" "$EXEPATH" "$R0"
      ${If} ${Errors}
        !insertmacro Refuse 6 "为所有用户安装或卸载，需要管理员。请用管理员账号运行；只给自己安装不需要管理员。"
      ${EndIf}
      Quit
    ${EndIf}
    SetShellVarContext all
  ${Else}
    SetShellVarContext current
  ${EndIf}
FunctionEnd

; A program that runs holds its file, for every account of the computer. Nothing has been touched when this is asked.
Function ${un}RefuseWhileRunning
  again:
  StrCpy $R1 ""
  Push "$INSTDIR\gkdesk.exe"
  Call ${un}InUse
  Push "$INSTDIR\gkdesk-cli.exe"
  Call ${un}InUse
  Push "$INSTDIR\program\runtime\python311.dll"
  Call ${un}InUse
  ${If} $R1 != ""
    SetErrorLevel 5
    MessageBox MB_ICONEXCLAMATION|MB_RETRYCANCEL "${TITLE}正在运行（或“$R1”不能改写）。请先关闭它，再点“重试”。" /SD IDCANCEL IDRETRY again
    Quit
  ${EndIf}
FunctionEnd

; $R1 becomes the path on the stack when that file is there and cannot be opened for writing.
Function ${un}InUse
  Exch $R2
  ${If} ${FileExists} "$R2"
    ClearErrors
    FileOpen $R3 "$R2" a
    ${If} ${Errors}
      StrCpy $R1 "$R2"
    ${Else}
      FileClose $R3
    ${EndIf}
  ${EndIf}
  Pop $R2
FunctionEnd
!macroend
!insertmacro Common ""
!insertmacro Common "un."

!macro TellShell
  System::Call 'shell32::SHChangeNotify(i 0x08000000, i 0, p 0, p 0)'
!macroend

; --- installing

Function .onInit
  ${IfNot} ${RunningX64}
    !insertmacro Refuse 3 "本程序需要 64 位的 Windows。"
  ${EndIf}
  ${IfNot} ${AtLeastWin10}
  ${OrIfNot} ${AtLeastBuild} 17763
    !insertmacro Refuse 4 "本程序需要 Windows 10（1809 版）或更新的 Windows。"
  ${EndIf}
  Call ReadMode
  ReadRegStr $Installed SHCTX "${UNINSTALL}" "DisplayVersion"
  ${If} $INSTDIR == ""
    ReadRegStr $INSTDIR SHCTX "${SOFTWARE}" "InstallDir"
  ${EndIf}
  ${If} $INSTDIR == ""
    ${If} $AllUsers = 1
      StrCpy $INSTDIR "$PROGRAMFILES64\${APP}"
    ${Else}
      StrCpy $INSTDIR "$LOCALAPPDATA\Programs\${APP}"
    ${EndIf}
  ${EndIf}
  StrCpy $Welcome "只给您自己安装，不需要管理员。$\r$\n$\r$\n安装前请关闭正在运行的${TITLE}。"
  ${If} $Installed == "${VERSION}"
    StrCpy $Welcome "将重新安装 ${VERSION} 版。您填的年报、备份和设置都会保留。$\r$\n$\r$\n安装前请关闭正在运行的${TITLE}。"
  ${ElseIf} $Installed != ""
    StrCpy $Welcome "将把已经安装的 $Installed 版更新为 ${VERSION} 版。您填的年报、备份和设置都会保留。$\r$\n$\r$\n安装前请关闭正在运行的${TITLE}。"
    ${VersionCompare} "$Installed" "${VERSION}" $R0
    ${If} $R0 = 1
      SetErrorLevel 7
      MessageBox MB_ICONEXCLAMATION|MB_YESNO|MB_DEFBUTTON2 "已经安装了更新的 $Installed 版。改装 ${VERSION} 版以后，新版填过的年报可能打不开。仍要改装吗？" /SD IDNO IDYES older
      Quit
      older:
      SetErrorLevel -1
    ${EndIf}
  ${EndIf}
  ${If} ${Silent}
    Call OwnFolder
  ${EndIf}
  Call RefuseWhileRunning
FunctionEnd

; A folder with other things in it gets a folder of ours inside: we delete what is in ours.
Function OwnFolder
  ${If} ${FileExists} "$INSTDIR\*.*"
  ${AndIfNot} ${FileExists} "$INSTDIR\gkdesk.exe"
  ${AndIfNot} ${FileExists} "$INSTDIR\program\runtime\*.*"
    ${DirState} "$INSTDIR" $R0
    ${If} $R0 = 1
      StrCpy $INSTDIR "$INSTDIR\${APP}"
    ${EndIf}
  ${EndIf}
  ${If} $INSTDIR == $Data
    StrCpy $INSTDIR "$INSTDIR\${APP}"
  ${EndIf}
FunctionEnd

; Rename $R8 to $R9, for ten seconds: a virus scanner may still be reading what was just written. Sets the error flag.
Function Move
  ${For} $R7 1 40
    ClearErrors
    Rename "$R8" "$R9"
    ${IfNot} ${Errors}
      Return
    ${EndIf}
    Sleep 250
  ${Next}
  SetErrors
FunctionEnd

!macro Move from to
  StrCpy $R8 "${from}"
  StrCpy $R9 "${to}"
  Call Move
!macroend

Function GiveUp
  SetOutPath "$INSTDIR"
  RMDir /r "$INSTDIR\program.new"
  SetErrorLevel 2
  Abort "没有装成：写入文件失败。请检查磁盘空间和文件夹权限，关闭正在运行的程序后再试。原来的程序没有改动。"
FunctionEnd

Function .onInstFailed
  SetOutPath "$TEMP"
  RMDir /r "$INSTDIR\program.new"
  RMDir "$INSTDIR"
FunctionEnd

Section
  Call RefuseWhileRunning   ; it may have been opened while the pages were shown
  SetDetailsPrint textonly
  DetailPrint "正在写入程序文件……"
  SetDetailsPrint none
  SetOverwrite try
  RMDir /r "$INSTDIR\program.new"
  ClearErrors
  !include "${FILES}"
  ${If} ${Errors}
    Call GiveUp
  ${EndIf}
  SetOutPath "$INSTDIR"

  ${If} ${FileExists} "$INSTDIR\program\*.*"
    RMDir /r "$INSTDIR\program.old"   ; of an update that was cut off at its end
    !insertmacro Move "$INSTDIR\program" "$INSTDIR\program.old"
    ${If} ${Errors}
      Call GiveUp
    ${EndIf}
  ${EndIf}
  !insertmacro Move "$INSTDIR\program.new" "$INSTDIR\program"
  ${IfNot} ${Errors}
    File "${PAYLOAD}/gkdesk.exe"
    File "${PAYLOAD}/gkdesk-cli.exe"
    File /nonfatal "${PAYLOAD}/*.txt"
    WriteUninstaller "$INSTDIR\uninstall.exe"
  ${EndIf}
  ${If} ${Errors}
    ${If} ${FileExists} "$INSTDIR\program.old\*.*"
      RMDir /r "$INSTDIR\program"
      !insertmacro Move "$INSTDIR\program.old" "$INSTDIR\program"
    ${EndIf}
    Call GiveUp
  ${EndIf}
  RMDir /r "$INSTDIR\program.old"

  CreateShortcut "$SMPROGRAMS\${TITLE}.lnk" "$INSTDIR\gkdesk.exe"
  ${GetParameters} $R0
  ClearErrors
  ${GetOptions} $R0 "/NoDesktop" $R1
  ${If} ${Errors}
  ${AndIf} $Installed == ""   ; who has deleted it from the desktop does not want it back
    CreateShortcut "$DESKTOP\${TITLE}.lnk" "$INSTDIR\gkdesk.exe"
  ${EndIf}

  WriteRegStr SHCTX "${SOFTWARE}" "InstallDir" "$INSTDIR"
  WriteRegStr SHCTX "Software\Classes\.gkd" "" "${PROGID}"
  WriteRegStr SHCTX "Software\Classes\.gkd\OpenWithProgids" "${PROGID}" ""
  WriteRegStr SHCTX "Software\Classes\${PROGID}" "" "政府信息公开年报"
  WriteRegStr SHCTX "Software\Classes\${PROGID}\DefaultIcon" "" '"$INSTDIR\gkdesk.exe",0'
  WriteRegStr SHCTX "Software\Classes\${PROGID}\shell\open\command" "" '"$INSTDIR\gkdesk.exe" "%1"'
  !insertmacro TellShell

  StrCpy $R0 ""
  ${If} $AllUsers = 1
    StrCpy $R0 " /AllUsers"
  ${EndIf}
  WriteRegStr SHCTX "${UNINSTALL}" "DisplayName" "${TITLE}"
  WriteRegStr SHCTX "${UNINSTALL}" "DisplayVersion" "${VERSION}"
  WriteRegStr SHCTX "${UNINSTALL}" "DisplayIcon" '"$INSTDIR\gkdesk.exe",0'
  WriteRegStr SHCTX "${UNINSTALL}" "Publisher" "GKDesk"
  WriteRegStr SHCTX "${UNINSTALL}" "InstallLocation" "$INSTDIR"
  WriteRegStr SHCTX "${UNINSTALL}" "UninstallString" '"$INSTDIR\uninstall.exe"$R0'
  WriteRegStr SHCTX "${UNINSTALL}" "QuietUninstallString" '"$INSTDIR\uninstall.exe"$R0 /S'
  WriteRegDWORD SHCTX "${UNINSTALL}" "NoModify" 1
  WriteRegDWORD SHCTX "${UNINSTALL}" "NoRepair" 1
  ${GetSize} "$INSTDIR" "/S=0K" $R1 $R2 $R3
  WriteRegDWORD SHCTX "${UNINSTALL}" "EstimatedSize" $R1
SectionEnd

; Through the desktop, so that the program does not inherit an administrator's rights.
Function OpenProgram
  Exec '"$WINDIR\explorer.exe" "$INSTDIR\gkdesk.exe"'
FunctionEnd

; --- removing

Function un.onInit
  Call un.ReadMode
  Call un.RefuseWhileRunning
FunctionEnd

Section "Uninstall"
  SetDetailsPrint textonly
  DetailPrint "正在删除程序……"
  SetDetailsPrint none
  SetOutPath "$TEMP"
  Call un.RefuseWhileRunning
  RMDir /r "$INSTDIR\program"
  RMDir /r "$INSTDIR\program.new"
  RMDir /r "$INSTDIR\program.old"
  Delete "$INSTDIR\gkdesk.exe"
  Delete "$INSTDIR\gkdesk-cli.exe"
  Delete "$INSTDIR\LICENSE.txt"
  Delete "$INSTDIR\uninstall.exe"
  RMDir "$INSTDIR"   ; only when nothing else is in it
  Delete "$SMPROGRAMS\${TITLE}.lnk"
  Delete "$DESKTOP\${TITLE}.lnk"
  ReadRegStr $R0 SHCTX "Software\Classes\.gkd" ""
  ${If} $R0 == "${PROGID}"
    DeleteRegValue SHCTX "Software\Classes\.gkd" ""
  ${EndIf}
  DeleteRegValue SHCTX "Software\Classes\.gkd\OpenWithProgids" "${PROGID}"
  DeleteRegKey /ifempty SHCTX "Software\Classes\.gkd\OpenWithProgids"
  DeleteRegKey /ifempty SHCTX "Software\Classes\.gkd"
  DeleteRegKey SHCTX "Software\Classes\${PROGID}"
  DeleteRegKey SHCTX "${UNINSTALL}"
  DeleteRegKey SHCTX "${SOFTWARE}"
  !insertmacro TellShell
  ${If} ${FileExists} "$Data\*.*"
    MessageBox MB_ICONINFORMATION|MB_OK "程序已经删除。您填的年报、备份和设置没有删除，仍在：$\r$\n$\r$\n$Data" /SD IDOK
  ${EndIf}
SectionEnd
