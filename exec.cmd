@rem The scripts of package.json begin with "exec", so that signals reach the program itself and not a shell.
@rem The Windows command prompt has no such word: there it means "run the rest".
@%*
