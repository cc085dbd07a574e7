/**
 * The whole program of the small shell around an installer, for dash, BusyBox and bash alike; what to run arrives as positional parameters. Its
 * standard input is a pipe that mcsd holds open: when mcsd ends, however that may be, the pipe ends, and with it the whole group.
 */
export const installerScript = `
exec 3<&0
"$@" </dev/null 3<&- &
c=$!
{ read -r _ <&3; kill -KILL 0; } >/dev/null 2>&1 &
exec 3<&-
wait "$c"
exit $?
`;
