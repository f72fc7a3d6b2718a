/**
 * POSIX shell that runs one command and ends it when the launcher goes away. It costs two shells of about 1 MB.
 *
 * Arguments: stop signal, tenths of a second before SIGKILL, command, arguments of the command.
 * Descriptors: 0 is a pipe whose other end only the launcher holds, so the kernel closes it however the launcher dies,
 * `kill -9` included; 3 takes the command's process id; 4 is the command's standard input.
 *
 * The watcher is a process of its own, so it still does its work when the waiting shell is killed. Asking for a stop
 * and dying are the same event, the pipe's end: the path that matters in a crash is the one used every day. It leaves
 * by a trap and is waited for, so no half-slept sleep is left to a process 1 that may never collect it.
 */
export const GUARD_SCRIPT = `
signal=$1 tenths=$2
shift 2
exec 5<&0
"$@" <&4 3>&- 4<&- 5<&- &
child=$!
(
  exec 3>&- 4<&-
  trap exit TERM
  read -r _ <&5
  kill -s "$signal" "$child" 2>/dev/null
  while kill -0 "$child" 2>/dev/null && [ "$tenths" -gt 0 ]; do
    sleep 0.1
    tenths=$((tenths - 1))
  done
  kill -s KILL "$child" 2>/dev/null
) &
watcher=$!
exec 4<&- 5<&-
trap '' PIPE
echo "$child" >&3
exec 3>&-
wait "$child"
code=$?
kill "$watcher" 2>/dev/null
wait "$watcher" 2>/dev/null
exit "$code"
`;
