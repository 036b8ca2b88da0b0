# Makes target\package\Partflow, an application with its own Java, and an .msi where WiX is installed.
# Written from the manuals, not yet tried on Windows.
param(
  [string]$Layout = "$PSScriptRoot\..\target\partflow",
  [string]$Out = "$PSScriptRoot\..\target\package",
  [string]$Jdk = $env:JAVA_HOME
)
$ErrorActionPreference = 'Stop'

if (-not $Jdk -or -not (Test-Path "$Jdk\bin\jpackage.exe")) {
  [Console]::Error.WriteLine("No JDK with jpackage at '$Jdk': set JAVA_HOME to a JDK 25 or pass -Jdk.")
  exit 3
}
$mainJar = Get-ChildItem "$Layout\lib\partflow-*.jar" -ErrorAction SilentlyContinue | Select-Object -First 1
if (-not $mainJar) {
  [Console]::Error.WriteLine("No runnable layout at '$Layout': run 'mvn package' first.")
  exit 3
}
$version = $mainJar.BaseName -replace '^partflow-', ''

function Get-Lines([string]$file) {
  Get-Content $file | Where-Object { $_ -notmatch '^\s*(#|$)' }
}
function Invoke-Tool([string]$tool, [string[]]$arguments) {
  & "$Jdk\bin\$tool.exe" @arguments
  if ($LASTEXITCODE -ne 0) { exit $LASTEXITCODE }
}

New-Item -ItemType Directory -Force $Out | Out-Null
$runtime = "$Out\runtime"
$stage = "$Out\input"
foreach ($old in $runtime, $stage, "$Out\Partflow") {
  if (Test-Path $old) { Remove-Item -Recurse -Force $old }
}

# The native libraries of JavaFX go beside the runtime's own, where JavaFX looks first.
Invoke-Tool jlink @('--module-path', "$Layout\lib\javafx", '--add-modules', ((Get-Lines "$PSScriptRoot\modules.txt") -join ','),
  '--strip-debug', '--no-header-files', '--no-man-pages', '--compress', 'zip-6', '--exclude-resources', '**.dll', '--output', $runtime)
Add-Type -AssemblyName System.IO.Compression.FileSystem
foreach ($jar in Get-ChildItem "$Layout\lib\javafx\*.jar") {
  $zip = [IO.Compression.ZipFile]::OpenRead($jar.FullName)
  foreach ($entry in $zip.Entries | Where-Object { $_.Name -like '*.dll' }) {
    [IO.Compression.ZipFileExtensions]::ExtractToFile($entry, "$runtime\bin\$($entry.Name)", $true)
  }
  $zip.Dispose()
}
& "$runtime\bin\java.exe" '-Xshare:dump' '-XX:+UseSerialGC' | Out-Null

New-Item -ItemType Directory $stage | Out-Null
Copy-Item "$Layout\lib\*.jar" $stage
foreach ($extra in 'LICENSE', 'samples', 'completion') {
  if (Test-Path "$Layout\$extra") { Copy-Item -Recurse "$Layout\$extra" $stage }
}

$options = @(Get-Lines "$Layout\lib\jvm.args") + @(Get-Lines "$Layout\lib\javafx.args" | Where-Object { $_ -notmatch '^--add-modules' })
$options += '-Dpartflow.home=$APPDIR'
$common = @('--app-version', $version, '--dest', $Out, '--vendor', 'Partflow')
$image = @('--type', 'app-image', '--name', 'Partflow', '--runtime-image', $runtime, '--input', $stage,
  '--main-jar', $mainJar.Name, '--main-class', 'io.partflow.app.Launcher', '--icon', "$PSScriptRoot\..\assets\icons\partflow.ico") + $common
foreach ($option in $options) { $image += @('--java-options', $option) }
# a second program with a console, for the commands
$console = "$Out\partflow-console.properties"
Set-Content $console "win-console=true"
$image += @('--add-launcher', "partflow-cli=$console")
Invoke-Tool jpackage $image
Remove-Item -Recurse -Force $runtime, $stage, $console

# start it: its version, and a picture of a sample drawn without a display
$said = & "$Out\Partflow\partflow-cli.exe" --version
if ($LASTEXITCODE -ne 0 -or "$said" -notlike "*$version*") { Write-Error "partflow --version said '$said'" }
& "$Out\Partflow\partflow-cli.exe" picture "$PSScriptRoot\..\samples\hello-hits.partflow.json" --size 1440x900 --out "$Out\proof.png"
if ($LASTEXITCODE -ne 0 -or -not (Test-Path "$Out\proof.png")) { Write-Error 'no picture was drawn' }

if ((Get-Command wix -ErrorAction SilentlyContinue) -or (Get-Command candle -ErrorAction SilentlyContinue)) {
  Invoke-Tool jpackage (@('--type', 'msi', '--app-image', "$Out\Partflow", '--name', 'Partflow', '--win-menu', '--win-shortcut') + $common)
} else {
  Write-Output 'No WiX here: no .msi made.'
}
