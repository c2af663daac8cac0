#pragma once

#include <string>
#include <vector>

#include "core/command/job.h"
#include "plugins/documents/document.h"

namespace meerstem::documents {

/// Reads a file of any kind that is known here: by its extension, checked against its first bytes. `encoding` empty: found
/// out. Every refusal names the file in one sentence.
Document ReadDocument(const std::string& path, const std::string& encoding, Job& job);

/// Is there a reader for this extension?
bool IsKnownKind(const std::string& path);
/// ".txt, .md, .docx ..."
std::string KnownKinds();

/// The file's name without folder and extension.
std::string TitleOf(const std::string& path);

}  // namespace meerstem::documents
