# 开机自动启动、开防火墙、不睡眠 / Start with the machine, open the firewall, no sleep. docs/operate.md says how to use it.
# 用管理员身份打开 PowerShell，先在程序文件夹里运行过一次 npm start / As administrator, after `npm start` has run once.
#   powershell -ExecutionPolicy Bypass -File deploy\windows\install.ps1
#   powershell -ExecutionPolicy Bypass -File deploy\windows\install.ps1 -Remove
param(
  [int]$Port = 8080,
  [switch]$Remove
)
$ErrorActionPreference = 'Stop'
$name = 'Jishan'
$starter = Join-Path $PSScriptRoot 'start.cmd'

$who = [Security.Principal.WindowsPrincipal][Security.Principal.WindowsIdentity]::GetCurrent()
if (-not $who.IsInRole([Security.Principal.WindowsBuiltInRole]::Administrator)) {
  Write-Host '请用管理员身份打开 PowerShell 再运行，什么都没有改动。 / Run it as administrator; nothing was changed.'
  exit 2
}

# Whatever an earlier run set up goes first, so that a second run changes the port and does not open two.
Get-ScheduledTask -TaskName $name -ErrorAction SilentlyContinue | Unregister-ScheduledTask -Confirm:$false
Get-NetFirewallRule -DisplayName $name -ErrorAction SilentlyContinue | Remove-NetFirewallRule
if ($Remove) {
  Write-Host '已取消：开机启动、防火墙。数据没有动。 / Removed: start with the machine, firewall. The data is untouched.'
  exit 0
}

# Private networks alone: in a public one (a hotel, a guest network) nobody reaches this computer.
New-NetFirewallRule -DisplayName $name -Direction Inbound -Protocol TCP -LocalPort $Port, 8443 -Profile Private, Domain -Action Allow | Out-Null

# As the person who installs, who owns the data; S4U keeps no password and waits for no log-on.
$action = New-ScheduledTaskAction -Execute $starter -Argument $Port
$trigger = New-ScheduledTaskTrigger -AtStartup
$owner = New-ScheduledTaskPrincipal -UserId "$env:USERDOMAIN\$env:USERNAME" -LogonType S4U -RunLevel Limited
$settings = New-ScheduledTaskSettingsSet -AllowStartIfOnBatteries -DontStopIfGoingOnBatteries -StartWhenAvailable `
  -ExecutionTimeLimit ([TimeSpan]::Zero) -MultipleInstances IgnoreNew -RestartCount 99 -RestartInterval (New-TimeSpan -Minutes 1)
Register-ScheduledTask -TaskName $name -Action $action -Trigger $trigger -Principal $owner -Settings $settings | Out-Null

# On mains the computer neither sleeps nor hibernates; the screen may go dark.
powercfg /change standby-timeout-ac 0
powercfg /change hibernate-timeout-ac 0

Start-ScheduledTask -TaskName $name
Write-Host "好了：开机自动启动，端口 $Port（和安全连接的 8443）已放行，插着电不睡眠。 / Done: starts with the machine, port $Port is open (and 8443 for https), no sleep on mains."
Write-Host "请在这台电脑上打开 http://localhost:$Port ；网络要设为“专用”。 / Open http://localhost:$Port here; the network must be Private."
