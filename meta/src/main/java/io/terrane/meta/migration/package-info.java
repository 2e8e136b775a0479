/**
 * Moving a region between datanodes; {@link io.terrane.meta.migration.RegionMigration} draws the
 * path and specifies the stored state.
 */
package io.terrane.meta.migration;
