@echo off
rem Opens SEKOM in the browser; the first time it is set up as "make report" does, without the report.
setlocal
pushd "%~dp0"
if exist ".venv\.ready" goto open
echo SEKOM installeras. Det tar ett par minuter, bara forsta gangen.
where py >nul 2>nul && py -3.11 -m venv .venv
if not exist ".venv\Scripts\python.exe" where python >nul 2>nul && python -m venv .venv
if not exist ".venv\Scripts\python.exe" goto missing
".venv\Scripts\python.exe" -m pip install --quiet --disable-pip-version-check -c constraints.txt -e .
if errorlevel 1 goto failed
type nul > ".venv\.ready"
:open
".venv\Scripts\python.exe" -m sekom_survey open %*
if errorlevel 1 pause
popd
exit /b
:missing
echo Python 3.11 saknas. Installera det fran python.org eller be IT om det, och starta sedan igen.
pause
popd
exit /b 1
:failed
echo Installationen stannade. Kontrollera att datorn har kontakt med internet, och starta igen.
pause
popd
exit /b 1
