/// A unit written behind a number.
public enum NumberUnit: String, Sendable, Hashable, CaseIterable {
  /// Hundredths.
  case percent = "%"
  /// Seconds.
  case seconds = "s"
  /// Thousandths of a second.
  case milliseconds = "ms"
  /// Millions of bytes.
  case megabytes = "MB"
  /// Thousand millions of bytes.
  case gigabytes = "GB"

  /// What a unit measures.
  public enum Dimension: Sendable, Hashable {
    /// A part of a whole; the base is 1.
    case fraction
    /// A time; the base is the second.
    case time
    /// An amount of memory; the base is the byte.
    case memory
  }

  /// What the unit measures.
  public var dimension: Dimension {
    switch self {
    case .percent: .fraction
    case .seconds, .milliseconds: .time
    case .megabytes, .gigabytes: .memory
    }
  }

  /// A value in this unit, expressed in the base of its dimension: 1, second or byte.
  ///
  /// Divides by exact powers of ten, so that `5ms` is the same number as 0.005.
  public func baseValue(of value: Double) -> Double {
    switch self {
    case .percent: value / 100
    case .seconds: value
    case .milliseconds: value / 1000
    case .megabytes: value * 1_000_000
    case .gigabytes: value * 1_000_000_000
    }
  }
}
