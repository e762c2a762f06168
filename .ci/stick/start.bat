@echo off
rem Install the workbook from this folder, without a network, and start it. Windows.
setlocal
if "%WORKBOOK_HOME%"=="" set "WORKBOOK_HOME=%USERPROFILE%\milestone-workbook"
set "py=%WORKBOOK_HOME%\.venv\Scripts\python.exe"
if exist "%py%" goto install
for %%v in (3.13 3.12 3.11) do (
    if not exist "%py%" py -%%v -m venv "%WORKBOOK_HOME%\.venv" 2>nul
)
if exist "%py%" goto install
echo Python 3.11, 3.12 or 3.13 is needed and none was found.
pause
exit /b 1
:install
"%py%" -m pip install --quiet --disable-pip-version-check --no-index --find-links "%~dp0wheels" --upgrade workbook
if errorlevel 1 pause & exit /b 1
rem a newer stick may bring the same version number
"%py%" -m pip install --quiet --disable-pip-version-check --no-index --find-links "%~dp0wheels" --no-deps --force-reinstall workbook
if errorlevel 1 pause & exit /b 1
"%WORKBOOK_HOME%\.venv\Scripts\workbook.exe" doctor
"%WORKBOOK_HOME%\.venv\Scripts\workbook.exe" lab %*
