/**
 * The system tables. {@link io.terrane.infoschema.InformationSchema} lists them, {@link
 * io.terrane.infoschema.SystemTable} is how they are written down, {@code .table} has one file per
 * table.
 */
package io.terrane.infoschema;
