import FoundationEssentials

/// Times as tables show them.
enum PointInTime {
  /// A time in UTC to the minute, as `2026-11-26 02:07`; text of this form sorts by time.
  static func text(_ seconds: Double) -> String {
    guard seconds.isFinite, abs(seconds) < 1e11 else { return "–" }
    let text = Date(timeIntervalSince1970: seconds).formatted(.iso8601)
    return String(text.prefix(16)).replacing("T", with: " ")
  }
}
