import FoundationEssentials

/// The present time as the wire has it: ISO 8601 in UTC with six digits of fraction.
public enum Timestamp {
  /// The present time, such as `2026-01-02T03:04:05.000678Z`.
  public static func now() -> String {
    text(microsecondsSince1970: Int(Date().timeIntervalSince1970 * 1e6))
  }

  /// The time `microseconds` after the start of 1970; the years 1970 to 9999.
  package static func text(microsecondsSince1970 microseconds: Int) -> String {
    let (seconds, fraction) = microseconds.quotientAndRemainder(dividingBy: 1_000_000)
    let (days, secondOfDay) = seconds.quotientAndRemainder(dividingBy: 86_400)
    let (year, month, day) = civilDate(daysSince1970: days)
    let (hour, minute, second) = (secondOfDay / 3600, secondOfDay / 60 % 60, secondOfDay % 60)
    return [
      padded(year, 4), "-", padded(month, 2), "-", padded(day, 2), "T", padded(hour, 2), ":", padded(minute, 2), ":",
      padded(second, 2), ".", padded(fraction, 6), "Z",
    ].joined()
  }

  private static func padded(_ value: Int, _ width: Int) -> String {
    let digits = value.description
    return String(repeating: "0", count: max(0, width - digits.count)) + digits
  }

  /// The Gregorian date of a day, counted in years that begin in March so that the leap day comes last.
  private static func civilDate(daysSince1970 days: Int) -> (year: Int, month: Int, day: Int) {
    let shifted = days + 719_468
    let era = shifted / 146_097
    let dayOfEra = shifted % 146_097
    let yearOfEra = (dayOfEra - dayOfEra / 1460 + dayOfEra / 36_524 - dayOfEra / 146_096) / 365
    let dayOfYear = dayOfEra - (365 * yearOfEra + yearOfEra / 4 - yearOfEra / 100)
    let marchMonth = (5 * dayOfYear + 2) / 153
    let day = dayOfYear - (153 * marchMonth + 2) / 5 + 1
    let month = marchMonth < 10 ? marchMonth + 3 : marchMonth - 9
    return (yearOfEra + era * 400 + (month <= 2 ? 1 : 0), month, day)
  }
}
