/// The text in which COCO writes lengths of runs.
enum RunLengths {
  /// The lengths of runs that a text stands for; nil where it is none.
  ///
  /// Each number is written in groups of five bits, the lowest first, as characters from code 48 on; bit 5 says that more
  /// follow, and from the fourth on numbers are differences to the last but one.
  static func counts(_ text: String) -> [Int]? {
    var counts: [Int] = []
    let bytes = Array(text.utf8)
    var place = 0
    while place < bytes.count {
      var (value, shift, more) = (0, 0, true)
      while more {
        guard place < bytes.count, (48..<112).contains(bytes[place]), shift < 60 else { return nil }
        let group = Int(bytes[place]) - 48
        value |= (group & 0x1F) << shift
        more = group & 0x20 != 0
        place += 1
        shift += 5
        if !more, group & 0x10 != 0 { value |= -1 << shift }
      }
      let (sum, overflow) = value.addingReportingOverflow(counts.count > 2 ? counts[counts.count - 2] : 0)
      guard !overflow, sum >= 0 else { return nil }
      counts.append(sum)
    }
    return counts
  }
}
