# SPDX-FileCopyrightText: Acredita contributors
# SPDX-License-Identifier: LGPL-2.1-or-later
#
# Java that keeps to itself, and the configuration of SunPKCS11.
JAVA_TOOL_OPTIONS="-XX:TieredStopAtLevel=1 -XX:+UseSerialGC -XX:-UsePerfData -Duser.home=$dir -Djava.io.tmpdir=$dir"
export JAVA_TOOL_OPTIONS
printf 'name = Card\nlibrary = %s\n' "$M" >card.cfg
# SunPKCS11 takes each byte of a label for a character, so this is what it calls the entry.
ALIAS=$(printf '%s' "$LABEL" | iconv -f latin1 -t utf8)
