/** One file per system table; each says what its rows are made from. */
package io.terrane.infoschema.table;
