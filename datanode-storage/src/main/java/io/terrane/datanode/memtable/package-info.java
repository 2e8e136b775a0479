/** Rows that are not in files yet, and the memory they may take. */
package io.terrane.datanode.memtable;
