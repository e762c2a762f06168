@echo off
rem Install the workbook from this folder, without a network, and start it. Windows.
setlocal
set "here=%~dp0"
if "%WORKBOOK_HOME%"=="" set "WORKBOOK_HOME=%USERPROFILE%\milestone-workbook"
set "venv=%WORKBOOK_HOME%\.venv"
set "py=%venv%\Scripts\python.exe"
set "found="
set "misfit="
rem one that was not finished, or whose Python is gone, is made again
"%py%" -m pip --version >nul 2>nul && call :install && goto start
for %%v in (3.13 3.12 3.11) do call :install_with py -%%v && goto start
call :install_with python && goto start
call :install_with python3 && goto start
echo No Python here can run this folder. It needs Python 3.11, 3.12 or 3.13 with venv.
if defined found echo Found, but did not do: %found%
if not defined found echo No Python was found.
if defined misfit echo It was made for another system. Where it was made: make bundle SYSTEMS="linux windows macos".
pause
exit /b 1

:start
"%venv%\Scripts\workbook.exe" doctor
"%venv%\Scripts\workbook.exe" lab %*
exit /b

rem Whether the Python named can be used; one that cannot is noted.
:install_with
%* -c "" >nul 2>nul || exit /b 1
set "found=%found% [%*]"
%* -c "import sys, venv, ensurepip; sys.exit(not (3, 11) <= sys.version_info < (3, 14))" >nul 2>nul || exit /b 1
%* -m venv --clear "%venv%" || exit /b 1
call :install && exit /b 0
set "misfit=yes"
exit /b 1

rem A newer stick may bring the same version number: the workbook itself is always installed again.
:install
"%py%" -m pip install --quiet --no-compile --disable-pip-version-check --no-index --find-links "%here%wheels" --upgrade "milestone-workbook[lab,reports]" || exit /b 1
"%py%" -m pip install --quiet --no-compile --disable-pip-version-check --no-index --find-links "%here%wheels" --no-deps --force-reinstall milestone-workbook
exit /b
