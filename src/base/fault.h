/*
 * fault.h - named places where a test can end the process
 *
 * Compiled in with -DPGRETAIN_FAULTS=ON only. PGRETAIN_FAULT=NAME:N in the environment then kills
 * the process, as kill -9 would, when it passes the place NAME for the Nth time.
 */
#ifndef BASE_FAULT_H
#define BASE_FAULT_H

#ifdef PGRETAIN_FAULTS
void fault_point(const char *name);
#else
#define fault_point(name) ((void)0)
#endif

#endif
