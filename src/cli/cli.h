/*
 * cli.h - the command line: one option table, one cmd_*.c a verb, exit statuses
 */
#ifndef CLI_CLI_H
#define CLI_CLI_H

/* Runs one command; the result is an enum exit_status. */
int cli_main(int argc, char **argv);

#endif
