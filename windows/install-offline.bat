@echo off
rem Installs from the folder wheelhouse\ without internet: every file is checked against requirements.lock.
rem Cài từ thư mục wheelhouse\, không cần mạng: mỗi tệp được đối chiếu với requirements.lock.
chcp 65001 >nul
cd /d "%~dp0.."
if not exist wheelhouse goto missing
py -3 -c "import sys; sys.exit(sys.version_info < (3, 11))"
if errorlevel 1 goto python
py -3 -m venv .venv
if errorlevel 1 goto failed
.venv\Scripts\python.exe -m pip install --disable-pip-version-check --no-index --find-links wheelhouse --require-hashes --only-binary=:all: -r requirements.lock
if errorlevel 1 goto failed
.venv\Scripts\python.exe -m pip install --disable-pip-version-check --no-index --no-deps --no-build-isolation -e .
if errorlevel 1 goto failed
echo Đã cài xong. Nháy đúp windows\lab.bat để mở JupyterLab.
echo Installed. Double-click windows\lab.bat to open JupyterLab.
pause
exit /b 0
:missing
echo Thiếu thư mục wheelhouse. Trên máy có mạng, chạy: make wheelhouse FOR=win_amd64, rồi chép thư mục sang đây.
echo The folder wheelhouse is missing. On a machine with internet: make wheelhouse FOR=win_amd64; copy the folder here.
pause
exit /b 1
:python
echo Cần Python 3.11 trở lên, bản 64 bit. Python 3.11 or newer, 64 bit, is needed.
pause
exit /b 1
:failed
echo Cài đặt không thành công; xem dòng lỗi ở trên. The installation failed; see the line above.
pause
exit /b 1
