/// Labelled values, shown as a two-column list or, for the few that matter most, as large figures.
public struct FactList: Sendable, Equatable, Codable {
  /// How prominently the values are shown.
  public enum Style: Sendable, Equatable, Codable {
    /// Large figures side by side, for two to five values.
    case headline
    /// One line for each value.
    case list
  }

  /// One labelled value.
  public struct Fact: Sendable, Equatable, Codable {
    /// What the value is.
    public var label: String
    /// The value, as it is to be read.
    public var value: String
    /// What puts the value into perspective, such as an interval; empty for none.
    public var note: String

    /// Creates a labelled value.
    public init(_ label: String, _ value: String, note: String = "") {
      self.label = label
      self.value = value
      self.note = note
    }
  }

  /// How prominently the values are shown.
  public var style: Style
  /// The values in reading order.
  public var facts: [Fact]

  /// Creates a list of facts.
  public init(_ facts: [Fact], style: Style = .list) {
    self.facts = facts
    self.style = style
  }
}
