/// Widths of text in DejaVu Sans, known without a font file so that every canvas lays out alike.
enum FontMetrics {
  /// The height of capital letters in parts of the font size.
  static let capitalHeight = 0.729

  /// The width of one line of text in the unit of `size`.
  static func width(of text: String, size: Double, isBold: Bool = false) -> Double {
    let (ascii, latin) = isBold ? (boldASCII, boldLatin) : (regularASCII, regularLatin)
    var units = 0
    for scalar in text.unicodeScalars {
      switch scalar.value {
      case 0x20...0x7E: units += ascii[Int(scalar.value) - 0x20]
      case 0xA0...0xFF: units += latin[Int(scalar.value) - 0xA0]
      case 0x2026, 0x2014: units += 2048
      case 0x2013: units += 1024
      case 0x2190...0x22FF, 0x2713, 0x2717: units += 1716
      default: units += 1024 * DisplayWidth.of(Character(scalar)) + 276
      }
    }
    return Double(units) / 2048 * size
  }

  /// The text itself if it fits, else its start with an ellipsis, not wider than `width`.
  static func fitting(_ text: String, _ width: Double, size: Double, isBold: Bool = false) -> String {
    if self.width(of: text, size: size, isBold: isBold) <= width { return text }
    var kept = ""
    var used = self.width(of: "…", size: size, isBold: isBold)
    for character in text {
      used += self.width(of: String(character), size: size, isBold: isBold)
      if used > width { break }
      kept.append(character)
    }
    while kept.last == " " { kept.removeLast() }
    return kept + "…"
  }

  /// The text as lines not wider than `width`, broken between words; at most `limit` of them, the last then cut.
  static func lines(
    of text: String, _ width: Double, size: Double, isBold: Bool = false, limit: Int = .max
  ) -> [String] {
    var lines: [String] = []
    var line = ""
    for word in text.split(separator: " ") {
      let longer = line.isEmpty ? String(word) : "\(line) \(word)"
      if line.isEmpty || self.width(of: longer, size: size, isBold: isBold) <= width {
        line = longer
      } else {
        lines.append(line)
        line = String(word)
      }
    }
    if !line.isEmpty { lines.append(line) }
    if lines.count > max(limit, 1) {
      let rest = lines[(max(limit, 1) - 1)...].joined(separator: " ")
      lines = Array(lines.prefix(max(limit, 1) - 1)) + [rest]
    }
    return lines.map { fitting($0, width, size: size, isBold: isBold) }
  }

  // Advance widths in 1/2048 of the font size: U+0020...U+007E, then U+00A0...U+00FF.
  private static let regularASCII = [
    651, 821, 942, 1716, 1303, 1946, 1597, 563, 799, 799, 1024, 1716, 651, 739, 651, 690, 1303, 1303, 1303,
    1303, 1303, 1303, 1303, 1303, 1303, 1303, 690, 690, 1716, 1716, 1716, 1087, 2048, 1401, 1405, 1430, 1577,
    1294, 1178, 1587, 1540, 604, 604, 1343, 1141, 1767, 1532, 1612, 1235, 1612, 1423, 1300, 1251, 1499, 1401,
    2025, 1403, 1251, 1403, 799, 690, 799, 1716, 1024, 1024, 1255, 1300, 1126, 1300, 1260, 721, 1300, 1298,
    569, 569, 1186, 569, 1995, 1298, 1253, 1300, 1300, 842, 1067, 803, 1298, 1212, 1675, 1212, 1212, 1075,
    1303, 690, 1303, 1716,
  ]
  private static let regularLatin = [
    651, 821, 1303, 1303, 1303, 1303, 690, 1024, 1024, 2048, 965, 1253, 1716, 739, 2048, 1024, 1024, 1716,
    821, 821, 1024, 1303, 1303, 651, 1024, 821, 965, 1253, 1985, 1985, 1985, 1087, 1401, 1401, 1401, 1401,
    1401, 1401, 1995, 1430, 1294, 1294, 1294, 1294, 604, 604, 604, 604, 1587, 1532, 1612, 1612, 1612, 1612,
    1612, 1716, 1612, 1499, 1499, 1499, 1499, 1251, 1239, 1290, 1255, 1255, 1255, 1255, 1255, 1255, 2011,
    1126, 1260, 1260, 1260, 1260, 569, 569, 569, 569, 1253, 1298, 1253, 1253, 1253, 1253, 1253, 1716, 1253,
    1298, 1298, 1298, 1298, 1212, 1300, 1212,
  ]
  private static let boldASCII = [
    713, 934, 1067, 1716, 1425, 2052, 1786, 627, 936, 936, 1071, 1716, 778, 850, 778, 748, 1425, 1425, 1425,
    1425, 1425, 1425, 1425, 1425, 1425, 1425, 819, 819, 1716, 1716, 1716, 1188, 2048, 1585, 1561, 1503, 1700,
    1399, 1399, 1681, 1714, 762, 762, 1587, 1305, 2038, 1714, 1741, 1501, 1741, 1577, 1475, 1397, 1663, 1585,
    2259, 1579, 1483, 1485, 936, 748, 936, 1716, 1024, 1024, 1382, 1466, 1214, 1466, 1389, 891, 1466, 1458,
    702, 702, 1362, 702, 2134, 1458, 1407, 1466, 1466, 1010, 1219, 979, 1458, 1335, 1892, 1321, 1335, 1192,
    1458, 748, 1458, 1716,
  ]
  private static let boldLatin = [
    713, 934, 1425, 1425, 1303, 1425, 748, 1024, 1024, 2048, 1155, 1323, 1716, 850, 2048, 1024, 1024, 1716,
    897, 897, 1024, 1507, 1303, 778, 1024, 897, 1155, 1323, 2120, 2120, 2120, 1188, 1585, 1585, 1585, 1585,
    1585, 1585, 2222, 1503, 1399, 1399, 1399, 1399, 762, 762, 762, 762, 1716, 1714, 1741, 1741, 1741, 1741,
    1741, 1716, 1741, 1663, 1663, 1663, 1663, 1483, 1511, 1473, 1382, 1382, 1382, 1382, 1382, 1382, 2146,
    1214, 1389, 1389, 1389, 1389, 702, 702, 702, 702, 1407, 1458, 1407, 1407, 1407, 1407, 1407, 1716, 1407,
    1458, 1458, 1458, 1458, 1335, 1466, 1335,
  ]
}
