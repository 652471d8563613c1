@echo off
rem Opens SEKOM in the browser; the first time it is set up as "make report" does, without the report.
rem Plain ASCII, so that no code page can spoil a word. No block in parentheses: the folder's name may hold one.
setlocal EnableExtensions DisableDelayedExpansion
pushd "%~dp0"
if not exist "pyproject.toml" goto packed
if not exist ".venv\.ready" goto setup
fc /b "pyproject.toml" ".venv\.pyproject" >nul 2>nul
if errorlevel 1 goto setup
fc /b "constraints.txt" ".venv\.constraints" >nul 2>nul
if errorlevel 1 goto setup
:open
".venv\Scripts\python.exe" -m sekom_survey open %*
if errorlevel 1 goto stopped
popd
exit /b 0
:setup
set "found="
for %%V in (3.11 3.13 3.12) do call :try py -%%V
call :try python
if not defined found goto missing
echo SEKOM installeras. Det tar ett par minuter. Sedan tar varje start bara en sekund.
if exist ".venv\.ready" del ".venv\.ready"
%found% -m venv .venv
if errorlevel 1 goto failed
".venv\Scripts\python.exe" -m pip install --quiet --disable-pip-version-check -c constraints.txt -e .
if errorlevel 1 goto failed
copy /y "pyproject.toml" ".venv\.pyproject" >nul
copy /y "constraints.txt" ".venv\.constraints" >nul
type nul > ".venv\.ready"
goto open
:packed
echo Verktygets filer saknas intill. Packa upp hela zip-filen och starta i den uppackade mappen.
goto leave
:missing
echo Python 3.11 eller senare saknas. Ladda ner det hos python.org eller be IT om det, och starta sedan igen.
goto leave
:failed
echo Installationen stannade. Kontrollera att datorn har kontakt med internet, och starta igen.
goto leave
:stopped
echo SEKOM stannade. Skicka texten ovan till den som har hand om verktyget.
:leave
popd
pause
exit /b 1
:try
if defined found exit /b 0
%* -c "import sys; sys.exit(sys.version_info < (3, 11))" >nul 2>nul
if errorlevel 1 exit /b 0
set "found=%*"
exit /b 0
