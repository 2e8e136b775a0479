/** What operators set for the whole cluster; {@code io.terrane.meta.store} keeps it. */
package io.terrane.meta.settings;
