@rem Starts Jishan from the folder it lies in, on the port given (8080 if none). docs/operate.md says how it starts with
@rem the machine. What the program says is kept in data\jishan.log; the log before it in data\jishan.old.log.
@echo off
cd /d "%~dp0..\.."
if not "%~1"=="" set PORT=%~1
if not exist data mkdir data
if exist data\jishan.log move /y data\jishan.log data\jishan.old.log >nul
node --max-semi-space-size=4 --v8-pool-size=1 scripts/start.mjs >>data\jishan.log 2>&1
