extension Document {
  /// The document as one self-contained `<div>` for a page that is not ours, such as a notebook.
  ///
  /// Complete and readable without its style and script. The same document gives the same text.
  public func html(_ options: HTMLOptions = .notebook) -> String {
    fragment(options).text
  }

  /// The document as a page of its own, light or dark as the reader has it.
  public func htmlPage(_ options: HTMLOptions = .file) -> String { renderedPage(options).content }

  /// The document as a page of its own, with what there was no room for.
  public func renderedPage(_ options: HTMLOptions = .file) -> Rendering<String> {
    let (text, scope, omissions) = fragment(options)
    let page = """
      <!DOCTYPE html>
      <html lang="en">
      <head>
      <meta charset="utf-8">
      <meta name="viewport" content="width=device-width, initial-scale=1">
      <meta name="color-scheme" content="light dark">
      <title>\(escapedHTML(title.isEmpty ? "Report" : title))</title>
      <style>\(StyleSheet.page(scope: scope))</style>
      </head>
      <body>
      \(text)
      </body>
      </html>

      """
    return Rendering(page, omissions: omissions)
  }

  private func fragment(_ options: HTMLOptions) -> (text: String, scope: String, omissions: [String]) {
    var renderer = HTMLRenderer(options: options, document: self)
    renderer.write(self)
    let scope = "octet-" + Self.hash(renderer.text)
    var text = "<div class=\"octet \(scope)\">\n"
    text += renderer.text
    // Behind the content: viewers that show what they do not allow as text then show it last.
    var rules = "<style>\(StyleSheet.fragment(scope: scope, features: renderer.features))</style>\n"
    if options.includesScript, renderer.features.contains(.table) {
      rules += "<script>\(TableScript.text(scope: scope))</script>\n"
    }
    text += HTMLRenderer.unseenAsText(rules)
    return (text + "</div>", scope, renderer.omissions)
  }

  /// FNV-1a, 64 bits: names a fragment by its content, so that different outputs of one page do not meet.
  private static func hash(_ text: String) -> String {
    var hash: UInt64 = 0xCBF2_9CE4_8422_2325
    for byte in text.utf8 { hash = (hash ^ UInt64(byte)) &* 0x100_0000_01B3 }
    return String(hash, radix: 36)
  }
}
