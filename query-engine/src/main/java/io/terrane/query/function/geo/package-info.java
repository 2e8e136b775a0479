/** Functions on places of the Earth. Angles are in degrees. */
package io.terrane.query.function.geo;
