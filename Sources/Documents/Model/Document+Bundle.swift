extension Document {
  /// The document for a notebook: HTML, PNG if wanted and if there is a chart or a gallery to draw, and plain text.
  ///
  /// Throws `DocumentError` with code `drawing` where the PNG cannot be drawn.
  public func bundle(includingPNG: Bool = false, _ options: HTMLOptions = .notebook) throws(DocumentError) -> MIMEBundle
  {
    var bundle = MIMEBundle([MIMEBundle.Entry(mediaType: "text/html", content: .text(html(options)))])
    if includingPNG, let png = try png() { bundle.set(png.entry(alternative: title)) }
    bundle.set(MIMEBundle.Entry(mediaType: "text/plain", content: .text(plainText())))
    return bundle
  }
}

extension Chart {
  /// The chart for a notebook: Vega-Lite 5, PNG and plain text. HTML is not among them, since it would be preferred.
  ///
  /// Throws `DocumentError` with code `drawing` where the PNG cannot be drawn.
  public func bundle() throws(DocumentError) -> MIMEBundle {
    MIMEBundle([
      MIMEBundle.Entry(mediaType: "application/vnd.vegalite.v5+json", content: .json(vegaLite())),
      try png().entry(alternative: subtitle.isEmpty ? title : "\(title): \(subtitle)"),
      MIMEBundle.Entry(mediaType: "text/plain", content: .text(plainText())),
    ])
  }
}

extension ImageGrid {
  /// The gallery for a notebook: PNG and plain text. Throws `DocumentError` with code `drawing`.
  public func bundle() throws(DocumentError) -> MIMEBundle {
    let text = Document(blocks: [.gallery(self)]).plainText()
    return MIMEBundle([
      try png().entry(alternative: alternative), MIMEBundle.Entry(mediaType: "text/plain", content: .text(text)),
    ])
  }
}
