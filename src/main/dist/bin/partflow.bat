@echo off
rem Partflow Workbench: finds a Java 25 and starts the workbench, or the command that is named.
setlocal EnableExtensions DisableDelayedExpansion
set "NEEDED=25"
for %%I in ("%~dp0..") do set "APP_HOME=%%~fI"
set "JAVA_EXE="

if defined PARTFLOW_JAVA (
  if exist "%PARTFLOW_JAVA%\bin\java.exe" (call :try "%PARTFLOW_JAVA%") else (for %%I in ("%PARTFLOW_JAVA%\..\..") do call :try "%%~fI")
  if defined JAVA_EXE goto found
  echo partflow: PARTFLOW_JAVA is not a Java %NEEDED% or newer. 1>&2
  exit /b 3
)
if defined JAVA_HOME call :try "%JAVA_HOME%"
if defined JAVA_EXE goto found
for /f "delims=" %%J in ('where java 2^>nul') do (
  if not defined JAVA_EXE for %%I in ("%%~dpJ..") do call :try "%%~fI"
)
if defined JAVA_EXE goto found
for %%R in ("%ProgramFiles%\Eclipse Adoptium" "%ProgramFiles%\Java" "%ProgramFiles%\Microsoft" "%ProgramFiles%\Zulu" "%ProgramFiles%\Amazon Corretto" "%ProgramFiles%\BellSoft" "%USERPROFILE%\.jdks") do (
  if exist "%%~R" for /d %%I in ("%%~R\*") do if not defined JAVA_EXE call :try "%%~fI"
)
if defined JAVA_EXE goto found
echo partflow: needs Java %NEEDED% or newer, and none was found in PARTFLOW_JAVA, JAVA_HOME, the PATH or the usual folders. 1>&2
echo   Install one: winget install EclipseAdoptium.Temurin.%NEEDED%.JRE   or   https://adoptium.net/temurin/releases/?version=%NEEDED% 1>&2
echo   If it is installed elsewhere, set PARTFLOW_JAVA to its folder. 1>&2
exit /b 3

:found
set "DRAWS=yes"
for %%C in (run check key cache trace curve processors completion help -h --help -V --version) do if "%~1"=="%%C" set "DRAWS=no"
if "%DRAWS%"=="yes" (
  "%JAVA_EXE%" "@%APP_HOME%\lib\jvm.args" --module-path "%APP_HOME%\lib\javafx" "@%APP_HOME%\lib\javafx.args" %PARTFLOW_JAVA_OPTIONS% "-Dpartflow.home=%APP_HOME%" -cp "%APP_HOME%\lib\*" io.partflow.app.Launcher %*
) else (
  "%JAVA_EXE%" "@%APP_HOME%\lib\jvm.args" -XX:TieredStopAtLevel=1 %PARTFLOW_JAVA_OPTIONS% "-Dpartflow.home=%APP_HOME%" -cp "%APP_HOME%\lib\*" io.partflow.app.Launcher %*
)
exit /b %ERRORLEVEL%

rem Sets JAVA_EXE if the folder %1 holds a Java that is new enough; its "release" file answers without starting it.
:try
if not exist "%~1\bin\java.exe" goto :eof
if not exist "%~1\release" goto :eof
for /f "usebackq tokens=2 delims==" %%V in (`findstr /b "JAVA_VERSION=" "%~1\release"`) do (
  for /f "tokens=1 delims=.+-" %%M in ("%%~V") do if %%M GEQ %NEEDED% set "JAVA_EXE=%~1\bin\java.exe"
)
goto :eof
