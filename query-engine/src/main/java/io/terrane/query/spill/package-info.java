/** Rows that do not fit into a statement's memory, as Arrow IPC streams on local disk. */
package io.terrane.query.spill;
