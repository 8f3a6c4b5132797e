@echo off
chcp 65001 >nul
rem Installs from the folder wheelhouse\ without internet: every file is checked against requirements.lock.
rem Cài từ thư mục wheelhouse\, không cần mạng: mỗi tệp được đối chiếu với requirements.lock.
cd /d "%~dp0.."
if errorlevel 1 goto folder
if not exist wheelhouse goto missing
py -3 -c "import sys; sys.exit(sys.version_info < (3, 11) or sys.maxsize < 2**32)"
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
:folder
echo Không mở được thư mục này (thư mục mạng?). Hãy chép cả thư mục vào ổ đĩa của máy, chẳng hạn D:\papi.
echo The folder cannot be opened (a network folder?). Copy it to a drive of this machine, such as D:\papi.
pause
exit /b 1
:failed
echo Cài đặt không thành công; xem dòng lỗi ở trên. The installation failed; see the line above.
echo Python của máy này là: / The Python of this machine is:
py -3 --version
echo Nếu thiếu gói: wheelhouse phải được tải cho đúng bản đó, ví dụ make wheelhouse FOR=win_amd64 FOR_PYTHON=3.12
echo If packages are missing: the wheelhouse must be fetched for that Python, as with FOR_PYTHON=3.12
pause
exit /b 1
