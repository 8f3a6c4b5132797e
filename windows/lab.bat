@echo off
chcp 65001 >nul
rem Opens JupyterLab on this machine only, as `workbench lab` does. Double-click it, or a shortcut to it.
rem Mở JupyterLab trên máy này. Nháy đúp vào tệp, hoặc vào lối tắt của nó.
cd /d "%~dp0.."
if errorlevel 1 goto folder
if exist ".venv\Scripts\workbench.exe" goto own
where workbench >nul 2>nul
if errorlevel 1 goto missing
call workbench lab %*
goto end
:own
".venv\Scripts\workbench.exe" lab %*
goto end
:missing
echo Chưa cài đặt. Hãy chạy windows\install-offline.bat trước, hoặc xem README.vi.md.
echo Not installed yet. Run windows\install-offline.bat first, or see README.md.
pause
exit /b 1
:folder
echo Không mở được thư mục này (thư mục mạng?). Hãy chép cả thư mục vào ổ đĩa của máy, chẳng hạn D:\papi.
echo The folder cannot be opened (a network folder?). Copy it to a drive of this machine, such as D:\papi.
pause
exit /b 1
:end
if errorlevel 1 pause
