/// A bar of block characters.
enum BlockBar {
  /// A track of `width` characters, filled from the left; any value above zero shows.
  static func text(_ fraction: Double, width: Int) -> String {
    let filled = count(fraction, width)
    return String(repeating: "█", count: filled) + String(repeating: "░", count: max(width, 0) - filled)
  }

  /// The filled part alone, in steps of an eighth of a character.
  static func precise(_ fraction: Double, width: Int) -> String {
    guard fraction.isFinite, fraction > 0, width > 0 else { return "" }
    let eighths = max(Int((min(fraction, 1) * Double(width) * 8).rounded()), 1)
    let rest = ["", "▏", "▎", "▍", "▌", "▋", "▊", "▉"][eighths % 8]
    return String(repeating: "█", count: eighths / 8) + rest
  }

  private static func count(_ fraction: Double, _ width: Int) -> Int {
    guard fraction.isFinite, fraction > 0, width > 0 else { return 0 }
    return min(max(Int((fraction * Double(width)).rounded()), 1), width)
  }
}
