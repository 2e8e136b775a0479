/**
 * Procedures behind CREATE, DROP and TRUNCATE. Each one's javadoc specifies its stored state:
 * tables, routes and names in the JSON forms of {@link io.terrane.meta.store.CatalogCodec} and
 * {@link io.terrane.meta.store.RouteCodec}.
 */
package io.terrane.meta.ddl;
