import "./forms.css";
import { FileUp } from "lucide-react";
import { Icon } from "#components/ui/icon.tsx";

/** A button that lets a table file be chosen; one chosen again after it was mended is taken anew. */
export function FilePicker({ label, onFile }: { label: string; onFile(file: File): void }) {
  return (
    <label className="file-pick">
      <input
        type="file"
        accept=".csv,.txt,text/csv"
        aria-label={label}
        onChange={(event) => {
          const input = event.currentTarget;
          const file = input.files?.[0];
          // The same file may be chosen again after it was mended.
          input.value = "";
          if (file) onFile(file);
        }}
      />
      <span className="btn">
        <Icon of={FileUp} size={14} />
        {label}
      </span>
    </label>
  );
}
