@echo off
rem Install the workbook from this folder, without a network, and start it. Windows.
setlocal
if "%WORKBOOK_HOME%"=="" set "WORKBOOK_HOME=%USERPROFILE%\milestone-workbook"
set "py=%WORKBOOK_HOME%\.venv\Scripts\python.exe"
rem one that was begun and not finished, or whose Python is gone, is made anew
for %%v in (3.13 3.12 3.11) do (
    "%py%" -m pip --version >nul 2>nul || py -%%v -m venv --clear "%WORKBOOK_HOME%\.venv" >nul 2>nul
)
"%py%" -m pip --version >nul 2>nul || python -m venv --clear "%WORKBOOK_HOME%\.venv" >nul 2>nul
"%py%" -m pip --version >nul 2>nul && goto install
echo Python 3.11, 3.12 or 3.13 is needed and none was found.
pause
exit /b 1
:install
"%py%" -m pip install --quiet --disable-pip-version-check --no-index --find-links "%~dp0wheels" --upgrade milestone-workbook
if errorlevel 1 goto other
rem a newer stick may bring the same version number
"%py%" -m pip install --quiet --disable-pip-version-check --no-index --find-links "%~dp0wheels" --no-deps --force-reinstall milestone-workbook
if errorlevel 1 goto other
"%WORKBOOK_HOME%\.venv\Scripts\workbook.exe" doctor
"%WORKBOOK_HOME%\.venv\Scripts\workbook.exe" lab %*
exit /b
:other
echo This stick was perhaps made for another system or Python: make bundle SYSTEMS="linux windows macos".
pause
exit /b 1
