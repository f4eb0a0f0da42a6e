// Proof of work for comments without an account: while somebody writes, this looks for a number whose hash begins with enough zero bits.
// Without this script the comments are sent without it, and beyond a few an hour a person looks at them first.
(function () {
  "use strict";
  var K = [], H0 = [];
  (function () {
    // The constants of SHA-256: the first bits of the fractions of cube and square roots of primes.
    var part = function (x) { return ((x - Math.floor(x)) * 4294967296) | 0; };
    for (var n = 2; K.length < 64; n += 1) {
      var prime = true;
      for (var d = 2; d * d <= n; d += 1) { if (n % d === 0) { prime = false; break; } }
      if (prime) { if (H0.length < 8) { H0.push(part(Math.sqrt(n))); } K.push(part(Math.cbrt(n))); }
    }
  })();
  var W = new Int32Array(64);
  function block(h, bytes, at) {
    var i, a = h[0], b = h[1], c = h[2], d = h[3], e = h[4], f = h[5], g = h[6], k = h[7], x, y;
    for (i = 0; i < 16; i += 1) { W[i] = bytes[at + 4 * i] << 24 | bytes[at + 4 * i + 1] << 16 | bytes[at + 4 * i + 2] << 8 | bytes[at + 4 * i + 3]; }
    for (; i < 64; i += 1) {
      x = W[i - 15]; y = W[i - 2];
      W[i] = W[i - 16] + W[i - 7] + ((x >>> 7 | x << 25) ^ (x >>> 18 | x << 14) ^ x >>> 3) + ((y >>> 17 | y << 15) ^ (y >>> 19 | y << 13) ^ y >>> 10) | 0;
    }
    for (i = 0; i < 64; i += 1) {
      x = k + ((e >>> 6 | e << 26) ^ (e >>> 11 | e << 21) ^ (e >>> 25 | e << 7)) + (e & f ^ ~e & g) + K[i] + W[i] | 0;
      y = ((a >>> 2 | a << 30) ^ (a >>> 13 | a << 19) ^ (a >>> 22 | a << 10)) + (a & b ^ a & c ^ b & c) | 0;
      k = g; g = f; f = e; e = d + x | 0; d = c; c = b; b = a; a = x + y | 0;
    }
    h[0] = h[0] + a | 0; h[1] = h[1] + b | 0; h[2] = h[2] + c | 0; h[3] = h[3] + d | 0;
    h[4] = h[4] + e | 0; h[5] = h[5] + f | 0; h[6] = h[6] + g | 0; h[7] = h[7] + k | 0;
  }
  // The challenge is plain ASCII, so that a character is a byte.
  function hash(text) {
    var size = text.length, whole = ((size + 8 >> 6) + 1) << 6, bytes = new Uint8Array(whole), h = H0.slice(), i;
    for (i = 0; i < size; i += 1) { bytes[i] = text.charCodeAt(i); }
    bytes[size] = 128;
    for (i = 0; i < 4; i += 1) { bytes[whole - 1 - i] = size * 8 >>> 8 * i; }
    for (i = 0; i < whole; i += 64) { block(h, bytes, i); }
    return h;
  }
  function zeros(h) {
    var all = 0;
    for (var i = 0; i < 8; i += 1) { var some = Math.clz32(h[i]); all += some; if (some < 32) { break; } }
    return all;
  }
  function work(challenge, bits, done) {
    var nonce = 0;
    (function some() {
      var until = Date.now() + 12;
      while (Date.now() < until) {
        for (var i = 0; i < 64; i += 1, nonce += 1) {
          var text = challenge + ":" + nonce;
          if (zeros(hash(text)) >= bits) { done(text); return; }
        }
      }
      setTimeout(some, 4);
    })();
  }
  document.querySelectorAll("form[data-proof]").forEach(function (form) {
    var field = form.querySelector("input[name=proof]"), begun = false, ends = 0;
    function begin() {
      if (begun && Date.now() < ends) { return; }
      begun = true;
      ends = Date.now() + 60000;
      fetch(form.dataset.proof, { credentials: "same-origin", headers: { Accept: "application/json" } }).then(function (answer) {
        return answer.ok ? answer.json() : null;
      }).then(function (asked) {
        if (!asked || !asked.bits) { return; }
        // A proof that is about to end is made anew when somebody writes on.
        ends = Date.parse(asked.until) - 60000;
        work(asked.challenge, asked.bits, function (proof) { field.value = proof; });
      }, function () { begun = false; });
    }
    // In the reading view the words are written beside the clauses and not in the form that sends them.
    (form.closest("[data-reading]") || form).addEventListener("input", begin);
    (form.closest("[data-reading]") || form).addEventListener("focusin", begin);
  });
})();
