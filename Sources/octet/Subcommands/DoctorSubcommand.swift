import ArgumentParser
import CommandLanguage
import Commands
import Examples
import FoundationEssentials
import Inference
import Workspaces

/// `octet doctor`: looks for what keeps Octet from working here.
struct DoctorSubcommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "doctor", abstract: "Checks the installation and says what to do about problems.",
    discussion: "Ends with status 1 where there is a problem.")

  @OptionGroup var place: KernelspecOptions

  func run() throws {
    let checks =
      [program()] + kernelspecs() + [colours(), instructions(), example(), inference(), cache(), workspace()]
    for check in checks {
      StandardStreams.write("\(check.problem == nil ? "ok     " : "problem") \(check.text)\n", to: .stdout)
      if let remedy = check.problem { StandardStreams.write("        → \(remedy)\n", to: .stdout) }
    }
    if checks.contains(where: { $0.problem != nil }) { throw ProgramEnding(ProgramEnding.failure) }
  }

  /// What was looked at, and what to do where it is not as it should be.
  private struct Check {
    let text: String
    var problem: String?
  }

  private func program() -> Check {
    let files = InstalledFiles()
    return Check(
      text: "Octet \(OctetVersion.current) at \(files.executable ?? "an unknown place")",
      problem: files.executable == nil ? "mount /proc, so that Octet finds its files" : nil)
  }

  /// The folder that was named, or all that Jupyter looks into.
  private var folders: [JupyterFolder] {
    place.isGiven ? (try? place.folder()).map { [$0] } ?? [] : JupyterFolder.searched
  }

  /// What Jupyter finds under the name, and other kernelspecs of Octet.
  private func kernelspecs() -> [Check] {
    let named = folders.map { $0.kernelspec(named: place.name) }.filter(\.exists)
    let others = folders.flatMap(\.kernelspecs).filter { other in !named.contains { $0.folder == other.folder } }
    guard let first = named.first else {
      let places = folders.map(\.path).joined(separator: ", ")
      return [Check(text: "no kernelspec \(place.name) in \(places)", problem: "run octet install")]
        + others.map { check($0) }
    }
    let shadowed = named.dropFirst().map { other in
      Check(text: "\(other.folder) is not used: Jupyter finds \(first.folder) before it")
    }
    return [check(first)] + shadowed + others.map { check($0) }
  }

  private func check(_ kernelspec: Kernelspec) -> Check {
    let again = "run octet install again, with the place of \(kernelspec.folder) and --force"
    if kernelspec.isBroken {
      return Check(text: "\(kernelspec.folder)/kernel.json is not JSON", problem: again)
    }
    guard let program = kernelspec.program else {
      return Check(text: "\(kernelspec.folder) is the kernelspec of another kernel", problem: again)
    }
    let text = "kernelspec at \(kernelspec.folder) starts \(program)"
    guard FileManager.default.isExecutableFile(atPath: program) else {
      return Check(text: text, problem: "this program is not there any more, or not executable; \(again)")
    }
    guard let version = ProgramVersion.of(program: program) else {
      return Check(text: text, problem: "this program cannot be started; \(again)")
    }
    if version != OctetVersion.current {
      return Check(
        text: text, problem: "that program is version \(version), this one \(OctetVersion.current); \(again)")
    }
    let missing = kernelspec.missingLogos.joined(separator: ", ")
    return Check(text: text, problem: missing.isEmpty ? nil : "\(missing) is missing; \(again)")
  }

  private func colours() -> Check {
    let installed = folders.map(\.languageExtension).filter { $0.version != nil }
    guard let first = installed.first, let version = first.version else {
      return Check(text: "no syntax colours for JupyterLab", problem: "run octet install")
    }
    let isCurrent = version == OctetVersion.current && first.isComplete
    return Check(
      text: "syntax colours for JupyterLab at \(first.folder)",
      problem: isCurrent ? nil : "they are incomplete or of another version; run octet install again")
  }

  private func cache() -> Check {
    let store = ResultStore.standard
    guard let usage = store.usage() else {
      return Check(
        text: "the cache folder \(store.folder ?? "of nobody") cannot be written",
        problem: "results are computed anew in each session; set OCTET_CACHE to a folder that you may write")
    }
    return Check(text: "cache at \(store.folder ?? ""), \(usage.summary)")
  }

  private func workspace() -> Check {
    guard let workspace = Workspace.standard else { return Check(text: "no workspace: OCTET_WORKSPACE is off") }
    let text = "workspace at \(workspace.path)"
    do {
      let problems = try workspace.integrityProblems()
      guard let first = problems.first else {
        return Check(text: "\(text), \(try workspace.projects().count) projects")
      }
      return Check(text: "\(text) is damaged: \(first)", problem: "move the file away; a new one is made")
    } catch let error as WorkspaceError {
      return Check(text: error.message, problem: error.remedy)
    } catch { return Check(text: "\(text): \(error)", problem: "set OCTET_WORKSPACE to another file, or to off") }
  }

  private func instructions() -> Check {
    do {
      return Check(text: "instruction set \(try InstructionSet.selected().rawValue)")
    } catch {
      return Check(text: "instruction set", problem: error.message)
    }
  }

  private func example() -> Check {
    do {
      let examples = try ExampleLibrary.all()
      let folder = examples.first?.folder.split(separator: "/").dropLast().joined(separator: "/") ?? ""
      return Check(text: "examples at /\(folder): \(examples.map(\.name).joined(separator: ", "))")
    } catch {
      return Check(text: error.message, problem: error.remedy)
    }
  }

  private func inference() -> Check {
    let source = SourceText("m = load example: classifier; p = dataset example: classifier subset: 1; predict m on: p")
    let output = TerminalOutput(isQuiet: true, keepsReports: false)
    switch ProgramRunner(session: Session(workspace: nil)).run(source, output: output) {
    case .finished: return Check(text: "a model was loaded and run")
    case .failed(let diagnostics):
      let first = diagnostics.first
      return Check(text: first?.message ?? "a model cannot be run", problem: first?.help ?? "see octet run")
    case .interrupted: return Check(text: "interrupted", problem: "run it again")
    }
  }
}
