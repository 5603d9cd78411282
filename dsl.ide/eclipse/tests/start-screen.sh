#!/bin/sh
# Starts an X server without a monitor for the workbench test and writes screen.properties for the build:
#   workbench.skip=false and workbench.display=:N, or workbench.skip=true with the reason on standard output.
# A screen of its own even where DISPLAY is set: the test must not open windows on a developer's screen.
# usage: start-screen.sh yes|no <output folder>
wanted=$1
folder=$2
properties=$folder/screen.properties
number=$folder/screen.number

skip() {
	echo 'workbench.skip=true' > "$properties"
	exit 0
}

gtk_is_there() {
	for library in /usr/lib/*/libgtk-3.so.0 /usr/lib64/libgtk-3.so.0 /usr/lib/libgtk-3.so.0 /lib/*/libgtk-3.so.0; do
		[ -e "$library" ] && return 0
	done
	return 1
}

[ "$wanted" = yes ] || skip
if ! command -v Xvfb > /dev/null || ! command -v timeout > /dev/null || ! gtk_is_there; then
	echo '[dsl.ide/eclipse/tests] skipped: Xvfb or GTK 3 is missing; install xvfb and libgtk-3-0 to run the workbench test'
	skip
fi

# The server picks a free number and says which. It ends with its last client, which is the workbench however that ends, or with the build.
: > "$number"
timeout 600 Xvfb -displayfd 3 -screen 0 1280x800x24 -nolisten tcp -terminate 3> "$number" > "$folder/screen.log" 2>&1 < /dev/null &
server=$!
tenths=0
while [ ! -s "$number" ]; do
	if [ $tenths -ge 200 ] || ! kill -0 $server 2> /dev/null; then
		echo "[dsl.ide/eclipse/tests] Xvfb does not start; its output:"
		cat "$folder/screen.log"
		kill $server 2> /dev/null
		exit 1
	fi
	sleep 0.1
	tenths=$((tenths + 1))
done
build=$PPID
(while kill -0 $build && kill -0 $server; do sleep 1; done; kill $server) > /dev/null 2>&1 < /dev/null &
{
	echo 'workbench.skip=false'
	echo "workbench.display=:$(cat "$number")"
} > "$properties"
