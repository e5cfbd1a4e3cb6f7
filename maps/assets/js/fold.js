// When are two spellings the same to somebody who searches?
(function (ge) {
  "use strict";

  // Accents of Latin, Greek and Cyrillic; points and vowel marks of Hebrew and Arabic; tatweel.
  const MARKS = /[\p{Mn}\p{Cf}\u0640]+/gu;
  const PLAIN = new Map(Object.entries({
    "ٱ": "ا", "ى": "ي", "ی": "ي", "ې": "ي", "ک": "ك", "ة": "ه", "ۀ": "ه", "ہ": "ه", "ھ": "ه",
    "ؤ": "و", "ئ": "ي", "ء": "", "ı": "i", "ß": "ss", "ё": "е",
  }));
  const VARIANT = new RegExp(`[${[...PLAIN.keys()].join("")}]`, "gu");
  const LETTERED = /[^\u0000-\u007f]/;

  /** Lower case, without marks, and with the variants of Arabic letters as one. */
  ge.fold = function (text) {
    const lower = text.toLowerCase();
    if (!LETTERED.test(lower)) return lower;
    // NFKD takes the hamza off its alef, waw and ya.
    return lower.normalize("NFKD").replace(MARKS, "").replace(VARIANT, (sign) => PLAIN.get(sign));
  };
})(window.geoevents);
