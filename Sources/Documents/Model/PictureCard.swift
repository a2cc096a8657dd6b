/// One picture with its name, a verdict in words and lists of labelled bars.
public struct PictureCard: Sendable, Equatable, Codable {
  /// What a card says about its picture.
  public struct Verdict: Sendable, Equatable, Codable {
    /// The words, such as `Both say otter`.
    public var text: String
    /// Whether the reader should stop at this card.
    public var isAlarming: Bool

    /// Creates a verdict.
    public init(_ text: String, isAlarming: Bool = false) {
      self.text = text
      self.isAlarming = isAlarming
    }

    /// The words behind a mark that carries the meaning without colour.
    public var markedText: String { (isAlarming ? "✗ " : "✓ ") + text }
  }

  /// The name of the picture, such as its file name.
  public var caption: String
  /// The pixels; nil where they could not be read or were not loaded.
  public var picture: Picture?
  /// Whether there is a picture that was not loaded, since there are many.
  public var isPictureLeftOut: Bool
  /// What the picture shows, in words; the caption where empty.
  public var pictureDescription: String
  /// The longer edge in CSS pixels at which the picture is shown; nil for that of a small one.
  public var pictureEdge: Int?
  /// What the card says about the picture; nil for nothing.
  public var verdict: Verdict?
  /// Lists of bars, shown side by side.
  public var barLists: [BarList]
  /// A remark below the bars; empty for none.
  public var note: String

  /// Creates a card.
  public init(
    caption: String, picture: Picture? = nil, isPictureLeftOut: Bool = false, pictureDescription: String = "",
    pictureEdge: Int? = nil, verdict: Verdict? = nil,
    barLists: [BarList] = [], note: String = ""
  ) {
    self.caption = caption
    self.picture = picture
    self.isPictureLeftOut = isPictureLeftOut
    self.pictureDescription = pictureDescription
    self.pictureEdge = pictureEdge
    self.verdict = verdict
    self.barLists = barLists
    self.note = note
  }

  var alternativeText: String { pictureDescription.isEmpty ? caption : pictureDescription }
}
