extension HTMLRenderer {
  private static let fewCards = 6

  mutating func write(_ grid: ImageGrid) {
    guard !grid.cards.isEmpty else { return }
    if !grid.title.isEmpty { add("<h4>\(escapedHTML(grid.title))</h4>\n") }
    use(.cards)
    let isPlain = grid.cards.allSatisfy { $0.barLists.isEmpty && $0.pictureEdge == nil }
    let isFew = grid.cards.count <= Self.fewCards
    add("<div class=\"octet-cards\(isPlain ? " octet-plain\(isFew ? " octet-few" : "")" : "")\">\n")
    for card in grid.cards {
      add("<div class=\"octet-card\">\n<p><strong>\(escapedHTML(card.caption))</strong></p>\n")
      let url = card.picture.flatMap { pictures.url(of: $0, edge: card.pictureEdge) }
      if url == nil, card.picture != nil { omittedCounts.pictures += 1 }
      add(html(of: card, picture: url))
      add("</div>\n")
    }
    add("</div>\n")
  }

  /// The verdict, the picture and the bars of a card, without its caption.
  func html(of card: PictureCard, picture url: String?) -> String {
    var html = ""
    if let verdict = card.verdict {
      let kind = verdict.isAlarming ? " octet-alarm" : " octet-quiet"
      html += "<p class=\"octet-verdict\(kind)\">\(escapedHTML(verdict.markedText))</p>\n"
    }
    let hasView = card.picture != nil || card.isPictureLeftOut || !card.barLists.isEmpty
    if hasView { html += "<div class=\"octet-view\">" }
    if let picture = card.picture, let url {
      let size = picture.fitted(width: card.pictureEdge ?? 224)
      html += Self.unseenAsText(
        "<img src=\"\(url)\" width=\"\(size.width)\" height=\"\(size.height)\""
          + (card.pictureEdge == nil ? "" : " class=\"octet-large\"") + " alt=\"\(escapedHTML(card.alternativeText))\">"
      )
    } else if card.picture != nil || card.isPictureLeftOut {
      let place = options.limitsRows ? "in the exported report" : "left out to keep the page small"
      html += "<p class=\"octet-quiet\">The picture is \(place).</p>"
    }
    for list in card.barLists { html += Self.html(of: list) }
    if hasView { html += "</div>\n" }
    if !card.note.isEmpty { html += "<p class=\"octet-quiet\">\(escapedHTML(card.note))</p>\n" }
    return html
  }

  private static func html(of list: BarList) -> String {
    var html = "<table class=\"octet-bars\"><thead><tr><th scope=\"col\" colspan=\"3\"\(leadingHeader)>"
    html += "\(escapedHTML(list.title))</th></tr></thead>\n"
    for bar in list.bars {
      let label = escapedHTML(bar.label)
      let value = escapedHTML(list.format.string(for: bar.value))
      html += "<tr\(bar.isMarked ? " class=\"octet-marked\"" : "")>"
      let title = bar.label.utf8.count > 14 ? " title=\"\(label)\"" : ""
      html += "<td style=\"text-align:left\"\(title)>\(bar.isMarked ? "<strong>\(label)</strong>" : label)</td>"
      html += "<td style=\"text-align:left\">\(meter(list.fraction(of: bar)))</td>"
      html += "<td align=\"right\">\(bar.isMarked ? "<strong>\(value)</strong>" : value)</td></tr>\n"
    }
    return html + "</table>"
  }

  /// A bar that also shows where meters do not.
  static func meter(_ fraction: Double) -> String {
    "<meter max=\"1\" value=\"\(attribute(fraction))\">\(BlockBar.text(fraction, width: 12))</meter>"
  }
}

extension Picture {
  /// The size in CSS pixels at which the picture is shown, its longer edge at most `width`, small ones enlarged.
  func fitted(width edge: Int) -> (width: Int, height: Int) {
    let longest = max(width, height)
    return (max(width * edge / longest, 1), max(height * edge / longest, 1))
  }
}
