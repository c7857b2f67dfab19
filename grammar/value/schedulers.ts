/** Owns the names of schedulers and persistence engines that the kernel's own tree has. */

const inTree = 'rr wrr lc wlc lblc lblcr dh sh sed nq fo ovf mh twos none';

/** In ipvsadm's order; `twos` needs 5.12, `none` schedules nothing (4.2). Other modules may add names. */
export const knownSchedulers: readonly string[] = inTree.split(' ');

/** What a service gets that names no scheduler. */
export const defaultScheduler = 'wlc';

/** Persistence engines in tree. */
export const knownEngines: readonly string[] = ['sip'];
