/**
 * The whole program of the small shell that stands between mcsd and a server, for dash, BusyBox and bash alike. It is a
 * constant: what to run arrives as positional parameters, never as text. File descriptors: 0 console input, 1 and 2
 * console log, 3 status file, 4 lock.
 *
 * It exists so that the exit code is written down even when mcsd is not there to see it. Line by line:
 * - Signals are caught, not ignored: a caught signal is back to its default in the JVM, an ignored one would stay ignored.
 * - Standard input goes by way of 5, because a shell gives `&` commands /dev/null before it looks at their redirections.
 * - After the start the shell is mute: what it says about signals does not belong in the server's log.
 * - A server that ended at once may have been reaped already: start ticks 0, which no process has, stand for that.
 * - The server gets no status file (it could forge its own end) but keeps the lock.
 * - `wait` is repeated as long as a signal cut it short; 127 then means that the shell had told the code already.
 * - At the end whatever the server started is ended with the group, this shell included.
 */
export const launchScript = `
trap 'i=1' TERM INT HUP
unset PWD OLDPWD SHLVL
ticks() { read -r s <"/proc/$1/stat" && s=\${s##*) } && set -- $s && t=\${20}; }
ticks $$ && echo "shim $$ $t" >&3
exec 5<&0
"$@" <&5 3>&- 5<&- &
c=$!
exec >/dev/null 2>&1
ticks "$c" || t=0
echo "pid $c $t" >&3
r=
while :; do
  i=
  wait "$c"; s=$?
  [ "$s" = 127 ] && [ -n "$r" ] && break
  r=$s
  [ -z "$i" ] && break
done
echo "exit $r" >&3
kill -KILL 0
`;

/** The `$0` of the shell, which is how it shows in a process list. */
export const launchScriptName = "mcsd-server";
