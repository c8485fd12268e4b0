/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <glib.h>

/* System calls of this program that go wrong on demand, also those that SQLite makes: the program's own functions
 * take the place of the C library's. LP_FAULT is CALL:NUMBER:ACTION; CALL is one of those in faults.c or `any`,
 * NUMBER counts from 1, ACTION is one of
 *
 * EIO, ENOSPC, EACCES …   that call fails so
 * FROM-ENOSPC             that call and every later one fails so
 * KILL                    the program dies just before it
 * KILL-AFTER              or just behind it
 * STRANGER                another program rewrites the file that a rename is about to replace
 * STRANGER-QUIET          the same, and its size and time are as before
 * STRANGER-NEW            another program makes the file first
 * STRANGER-KILL           the same as STRANGER, and the program dies behind the rename
 * STRANGER-THEN-EIO       the same as STRANGER (or -QUIET-), and every later rename fails; with -ONCE the next one
 */

/* TRUE once the fault has happened. */
gboolean faults_fired (void);
