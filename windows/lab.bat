@echo off
rem Opens JupyterLab on this machine only, as `workbench lab` does. Double-click it, or a shortcut to it.
rem Mở JupyterLab trên máy này. Nháy đúp vào tệp, hoặc vào lối tắt của nó.
chcp 65001 >nul
cd /d "%~dp0.."
if exist ".venv\Scripts\workbench.exe" goto own
where workbench >nul 2>nul
if errorlevel 1 goto missing
workbench lab %*
goto end
:own
".venv\Scripts\workbench.exe" lab %*
goto end
:missing
echo Chưa cài đặt. Hãy chạy windows\install-offline.bat trước, hoặc xem README.vi.md.
echo Not installed yet. Run windows\install-offline.bat first, or see README.md.
pause
exit /b 1
:end
if errorlevel 1 pause
