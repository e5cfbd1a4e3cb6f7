// Columns that the page does not carry because they follow from others.
(function (ge) {
  "use strict";

  const HOW = {
    steps({ steps }) {
      let sum = 0;
      return steps.map((step) => (sum += step));
    },
    values: ({ by, values }, column) => column(by).map((code) => values[code]),
    of({ by, of: [table, name] }, column, tables) {
      const known = columnOf(tables, table, name);
      return column(by).map((row) => known[row]);
    },
  };

  function columnOf(tables, table, name) {
    const found = tables[table][name];
    const how = Array.isArray(found) ? null : Object.keys(HOW).find((key) => Object.hasOwn(found, key));
    if (how) tables[table][name] = HOW[how](found, (other) => columnOf(tables, table, other), tables);
    return tables[table][name];
  }

  /** Work out every column of the tables that is not there number by number. */
  ge.derive = function (tables) {
    for (const table of ["events", "spots", "points"]) {
      for (const name of Object.keys(tables[table])) {
        if (name !== "n") columnOf(tables, table, name);
      }
    }
    // `first` ends with the number of spots, which is no row.
    tables.events.country.length = tables.events.n;
    return tables;
  };
})(window.geoevents);
